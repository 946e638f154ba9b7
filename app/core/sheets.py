"""Files for spreadsheet programs."""


def guarded(cell: str) -> str:
    """Return a cell as it may be written into a file that a spreadsheet program opens: never a formula."""
    is_formula = cell.startswith(("=", "@", "\t", "\r")) or (cell[:1] in ("+", "-") and not cell[1:2].isdigit())
    return f"'{cell}" if is_formula and len(cell) > 1 else cell
