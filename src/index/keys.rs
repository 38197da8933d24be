//! All keys of one segment in memory, so that ties are broken without walking the dictionary on disk. Made once for a
//! segment, in the order of the dictionary.

use std::io;
use tantivy::columnar::StrColumn;

pub(super) struct Keys {
    text: String,
    /// Where each key begins in `text`, and the end of the last.
    starts: Vec<u32>,
    /// Each document's key, by its place in the order.
    ords: Vec<u32>,
}

/// The order of a document without a key: none has it.
const NO_KEY: u32 = u32::MAX;

impl Keys {
    pub fn read(column: &StrColumn, docs: u32) -> io::Result<Self> {
        let n = column.num_terms();
        let mut keys =
            Keys { text: String::with_capacity(n * 32), starts: Vec::with_capacity(n + 1), ords: Vec::new() };
        let mut stream = column.dictionary().stream()?;
        while stream.advance() {
            keys.starts.push(keys.text.len() as u32);
            keys.text.push_str(&String::from_utf8_lossy(stream.key()));
        }
        keys.starts.push(keys.text.len() as u32);
        let ord = |doc| column.ords().first(doc).map_or(NO_KEY, |ord| ord as u32);
        keys.ords = (0..docs).map(ord).collect();
        Ok(keys)
    }

    pub fn empty(docs: u32) -> Self {
        Keys { text: String::new(), starts: vec![0], ords: vec![NO_KEY; docs as usize] }
    }

    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    pub fn ord(&self, doc: u32) -> u32 {
        self.ords[doc as usize]
    }

    pub fn of(&self, doc: u32) -> &str {
        let ord = self.ord(doc) as usize;
        match (self.starts.get(ord), self.starts.get(ord.wrapping_add(1))) {
            (Some(from), Some(to)) => &self.text[*from as usize..*to as usize],
            _ => "",
        }
    }
}
