"""How a hall looks: tokens from a preset and one brand colour, and drawings from a name.

`stylesheet.stylesheet_url(preset, brand_colour)` is what a layout links. `README.md` lists every token
a stylesheet may use.
"""
