"""Everything about text and weights that training and inference must do in the same way."""
