"""The pages on which members let somebody act for them, and on which those who act see for whom and what."""
