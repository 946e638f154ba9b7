"""Who may act for whom: mandates as they are agreed and kept, and what a request finds of them."""
