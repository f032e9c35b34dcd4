"""The folder "123 名前 مجلد"."""
