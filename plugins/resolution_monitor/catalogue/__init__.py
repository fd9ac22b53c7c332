"""The domain as data: YAML under catalogue/ becomes one checked Catalogue."""
