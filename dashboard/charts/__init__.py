"""Results as figures, tables and a page that stands on its own; knows no Streamlit."""
