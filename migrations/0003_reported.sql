-- What contacts were called before they moved to what the library understood: it may understand something else later.
ALTER TABLE contacts ADD COLUMN reported TEXT;
CREATE INDEX contacts_reported ON contacts (reported, issue, product) WHERE reported IS NOT NULL;
