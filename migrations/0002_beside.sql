-- What was shown beside the tip: why a customer came back cannot be told without it.
ALTER TABLE suggestions ADD COLUMN beside TEXT;
