"""Thanks from one member to another: a line and what it is for, five a week, shown when the receiver lets it be."""
