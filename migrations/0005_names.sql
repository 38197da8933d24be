-- What the experiment's book was kept under before a section was renamed: contacts move with it, and so does the issue by
-- which they are counted.
ALTER TABLE exposures ADD COLUMN reported TEXT;
-- Reports that name only an answer, and came before it was written down: they wait to learn whom it was for.
CREATE INDEX outcomes_nameless ON outcomes (suggestion) WHERE customer IS NULL AND suggestion IS NOT NULL;
