"""What has been decided, claimed, sent, answered and reviewed: the schema, its migrations and the queries. The only SQL."""
