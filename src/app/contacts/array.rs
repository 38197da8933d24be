//! Contacts as one JSON text: an object, or an array of them. The text is held, and of its rows one at a time: read as
//! values all at once, they would take two hundred times the room of the text.

use serde::de::IgnoredAny;
use serde_json::{Deserializer, Error};

/// The rows of a text that is JSON as a whole.
pub(super) struct Array {
    text: Vec<u8>,
    /// Where the next row is looked for.
    at: usize,
    /// True where rows stand in brackets.
    many: bool,
    /// The line of `at`, from 1, and where that line begins.
    line: usize,
    line_at: usize,
    ended: bool,
}

/// Why a row cannot be read, with the line and column of the text in which it cannot.
pub(super) struct Misread {
    pub error: Error,
    pub line: usize,
    pub column: usize,
}

impl Misread {
    fn new(error: Error) -> Self {
        let (line, column) = (error.line(), error.column());
        Misread { error, line, column }
    }
}

impl Array {
    /// # Errors
    /// Where the text as a whole is not JSON: then no row of it is taken.
    pub fn new(text: Vec<u8>) -> Result<Self, Misread> {
        serde_json::from_slice::<IgnoredAny>(&text).map_err(Misread::new)?;
        let mut array = Array { text, at: 0, many: false, line: 1, line_at: 0, ended: false };
        array.skip_blanks();
        array.many = array.text.get(array.at) == Some(&b'[');
        array.at += usize::from(array.many);
        Ok(array)
    }

    pub fn bytes(&self) -> u64 {
        self.text.len() as u64
    }

    /// The next row, as `T` reads it.
    pub fn row<T: serde::de::DeserializeOwned>(&mut self) -> Option<Result<T, Misread>> {
        self.skip_blanks();
        if self.many && self.text.get(self.at) == Some(&b',') {
            self.at += 1;
            self.skip_blanks();
        }
        if self.ended || self.text.get(self.at).is_none_or(|byte| *byte == b']') {
            return None;
        }
        self.ended = !self.many;
        let rest = &self.text[self.at..];
        let mut values = Deserializer::from_slice(rest).into_iter::<IgnoredAny>();
        let end = match values.next()? {
            Ok(_) => self.at + values.byte_offset(),
            // The whole was read before.
            Err(error) => {
                self.ended = true;
                return Some(Err(self.placed(error)));
            }
        };
        let row = serde_json::from_slice(&self.text[self.at..end]).map_err(|error| self.placed(error));
        self.go_to(end);
        Some(row)
    }

    /// An error in what begins at `at`.
    fn placed(&self, error: Error) -> Misread {
        let before = if error.line() == 1 { self.at - self.line_at } else { 0 };
        Misread { line: self.line + error.line() - 1, column: before + error.column(), error }
    }

    fn skip_blanks(&mut self) {
        let blanks = self.text[self.at..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        self.go_to(self.at + blanks);
    }

    fn go_to(&mut self, end: usize) {
        for at in self.at..end {
            if self.text[at] == b'\n' {
                self.line += 1;
                self.line_at = at + 1;
            }
        }
        self.at = end;
    }
}

#[cfg(test)]
mod tests {
    use super::Array;
    use serde_json::{Value, json};

    #[test]
    fn rows_come_one_by_one_as_they_stand() {
        let rows = |text: &str| -> Vec<Option<Value>> {
            let mut array = Array::new(text.as_bytes().to_vec()).ok().expect("it is JSON");
            std::iter::from_fn(|| array.row::<Value>()).map(Result::ok).collect()
        };
        for text in ["[1,\"a]\", {\"b\": [2, 3]},null ]", "[[1],[],-0.5e1,true]", "[ ]", "[]"] {
            let whole: Vec<Value> = serde_json::from_str(text).expect("an array");
            assert_eq!(rows(text), whole.into_iter().map(Some).collect::<Vec<_>>(), "{text}");
        }
        assert_eq!(rows(" {\"b\": 1}\n"), [Some(json!({"b": 1}))]);
        assert_eq!(rows("7"), [Some(json!(7))]);
        assert_eq!(rows("[1,\"\\ud800\",3]"), [Some(json!(1)), None, Some(json!(3))]);
        for text in ["", "[1,]", "[1", "1 2", "[1]]"] {
            assert!(Array::new(text.as_bytes().to_vec()).is_err(), "{text}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_found_in_the_text() {
        let mut array = Array::new(b"[1,\n {\"a\":\n  \"\\ud800\"}]".to_vec()).ok().expect("it is JSON");
        assert!(array.row::<Value>().is_some_and(|row| row.is_ok()));
        let wrong = array.row::<Value>().and_then(Result::err).expect("half a character");
        assert_eq!((wrong.line, wrong.column > 3 && wrong.column < 12), (3, true));
        let wrong = Array::new(b"[1,\n x]".to_vec()).err().expect("it is none");
        assert_eq!((wrong.line, wrong.column), (2, 2));
    }
}
