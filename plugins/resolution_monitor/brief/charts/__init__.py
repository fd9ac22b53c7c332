"""Charts drawn as SVG text, each function one chart."""
