"""What members have earned here: rules over facts, so that nobody gives a badge and nobody buys one."""
