//! Folders: scanning, watching, writing.
