//! What an operator can set: flag over environment over file over default. Read once, handed down.
