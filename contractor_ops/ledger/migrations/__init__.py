"""Numbered migrations, each applied once and never edited afterwards. To change the schema, add the next one and mend schema.sql."""
