-- What the experiment's book and balloons were kept under before a section was renamed: contacts move with it, and so does the
-- issue by which the book is counted, and from which balloons rise.
ALTER TABLE exposures ADD COLUMN reported TEXT;
ALTER TABLE balloons ADD COLUMN reported TEXT;
CREATE INDEX exposures_issue ON exposures (issue, product);
CREATE INDEX exposures_reported ON exposures (reported, issue, product) WHERE reported IS NOT NULL;
-- Reports that name only an answer, and came before it was written down: they wait to learn whom it was for.
CREATE INDEX outcomes_nameless ON outcomes (suggestion) WHERE customer IS NULL AND suggestion IS NOT NULL;
