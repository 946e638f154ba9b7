"""Statements and books to read: what happened to whose money in a month, every figure from the ledger."""
