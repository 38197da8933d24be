//! Small tables for a terminal: columns as wide as their widest cell, numbers to the right.

use super::terminal::calm;
use unicode_width::UnicodeWidthStr;

/// Where a column's cells stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Right,
}

/// One line for each row; the last column is not filled up.
pub(super) fn columns(sides: &[Side], rows: &[Vec<String>]) -> Vec<String> {
    let calmed: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(|cell| calm(cell)).collect()).collect();
    let width = |column: usize| calmed.iter().filter_map(|row| row.get(column)).map(|cell| cell.width()).max();
    let widths: Vec<usize> = (0..sides.len()).map(|column| width(column).unwrap_or_default()).collect();
    let line = |row: &Vec<String>| {
        let mut line = String::new();
        for (column, cell) in row.iter().enumerate() {
            let gap = " ".repeat(widths.get(column).copied().unwrap_or_default().saturating_sub(cell.width()));
            if column > 0 {
                line.push_str("  ");
            }
            match sides.get(column) {
                Some(Side::Right) => line = line + &gap + cell,
                _ => line = line + cell + &gap,
            }
        }
        line.trim_end().to_owned()
    };
    calmed.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::{Side, columns};

    #[test]
    fn numbers_stand_below_each_other() {
        let rows = [vec!["a".to_owned(), "7".to_owned()], vec!["äöü".to_owned(), "1,234".to_owned()]];
        assert_eq!(columns(&[Side::Left, Side::Right], &rows), ["a        7", "äöü  1,234"]);
    }
}
