"""Files in and out: bytes to rows and back, for JSONL, CSV and XLSX; knows no study."""
