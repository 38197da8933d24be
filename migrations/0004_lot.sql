-- The share of customers that was held out when the lot was drawn: arms that were drawn at different shares are compared
-- each by itself, since what changed with the share would look like an effect.
ALTER TABLE exposures ADD COLUMN lot BIGINT;
