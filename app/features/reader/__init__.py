"""The reader: pictures beside what was read from them, as text, as a table, as a tree."""
