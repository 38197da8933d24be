//! A static embedding table in the Model2Vec format (`model.safetensors`, `tokenizer.json`, `config.json`):
//! a text's vector is the sum of its pieces' vectors, at length 1. Source: Minish Lab, Model2Vec.
//!
//! Takes bytes; whoever calls reads the files.

use super::wordpiece::WordPiece;
use safetensors::{Dtype, SafeTensors, tensor::TensorView};
use std::sync::{Arc, OnceLock};

/// A static embedding table: token vectors and the WordPiece vocabulary. Cheap to clone.
#[derive(Clone)]
pub struct Table(Arc<Parts>);

struct Parts {
    pieces: WordPiece,
    rows: Rows,
    width: usize,
    /// Weight of each piece; for int8 rows this includes the scale that makes them numbers again.
    weights: Vec<f32>,
    /// Row of each piece, where several pieces share one.
    mapping: Option<Vec<u32>>,
}

enum Rows {
    Bytes(Vec<i8>),
    Floats(Vec<f32>),
}

static EMBEDDED: OnceLock<Table> = OnceLock::new();

impl Table {
    /// The table that is compiled in.
    pub fn embedded() -> &'static Table {
        EMBEDDED.get_or_init(|| {
            let model = include_bytes!("../../../model/model.safetensors");
            let tokenizer = include_bytes!("../../../model/tokenizer.json");
            let config = include_bytes!("../../../model/config.json");
            Table::from_bytes(model, tokenizer, config).unwrap_or_else(|_| Table::empty())
        })
    }

    /// A table without words: recognition then rests on words and pieces of words alone.
    pub fn empty() -> Table {
        let (rows, weights) = (Rows::Floats(Vec::new()), Vec::new());
        Table(Arc::new(Parts { pieces: WordPiece::empty(), rows, width: 1, weights, mapping: None }))
    }

    /// Another Model2Vec folder's files.
    ///
    /// # Errors
    /// A sentence that says which file is not as expected, and how.
    pub fn from_bytes(safetensors: &[u8], tokenizer: &[u8], config: &[u8]) -> Result<Table, String> {
        serde_json::from_slice::<serde_json::Value>(config).map_err(|e| format!("config.json is not JSON: {e}"))?;
        let pieces = WordPiece::from_json(tokenizer)?;
        let file = SafeTensors::deserialize(safetensors)
            .map_err(|e| format!("model.safetensors is not a safetensors file: {e}"))?;
        let view = file
            .tensor("embeddings")
            .or_else(|_| file.tensor("embedding.weight"))
            .map_err(|_| "model.safetensors has no tensor named embeddings".to_string())?;
        let &[count, width] = view.shape() else {
            return Err(format!("embeddings has the shape {:?}, not tokens by width", view.shape()));
        };
        if count == 0 || width == 0 || width > 4096 {
            return Err(format!("embeddings is {count} by {width}; a width of 1 to 4096 is read"));
        }
        let rows = match view.dtype() {
            Dtype::I8 => Rows::Bytes(view.data().iter().map(|b| b.cast_signed()).collect()),
            _ => Rows::Floats(floats(&view)?),
        };
        let mapping = match file.tensor("mapping") {
            Ok(view) => Some(whole_numbers(&view)?),
            Err(_) => None,
        };
        let tokens = mapping.as_ref().map_or(count, Vec::len);
        let weights = match file.tensor("weights") {
            Ok(view) => floats(&view)?,
            Err(_) => vec![1.0; tokens],
        };
        let named = pieces.largest().map_or(0, |id| id as usize + 1);
        if named > tokens || weights.len() < named {
            return Err(format!("tokenizer.json names {named} tokens, model.safetensors has {tokens}"));
        }
        if mapping.iter().flatten().any(|row| *row as usize >= count) {
            return Err("mapping points beyond the embeddings".to_string());
        }
        if weights.iter().any(|w| !w.is_finite()) {
            return Err("weights holds a number that is not finite".to_string());
        }
        Ok(Table(Arc::new(Parts { pieces, rows, width, weights, mapping })))
    }

    /// Numbers in a vector.
    pub fn width(&self) -> usize {
        self.0.width
    }

    pub(super) fn pieces(&self) -> &WordPiece {
        &self.0.pieces
    }

    /// The vector of a text at length 1, or zeros where the table knows nothing of it.
    pub fn vector(&self, text: &str) -> Vec<f32> {
        self.vector_of(&self.0.pieces.split(text))
    }

    pub(super) fn vector_of(&self, tokens: &[String]) -> Vec<f32> {
        let mut pieces = Vec::with_capacity(tokens.len() * 2);
        for token in tokens {
            self.0.pieces.pieces(token, &mut pieces);
        }
        let mut sum = vec![0.0; self.0.width];
        for piece in pieces {
            self.0.add(piece as usize, &mut sum);
        }
        let length = sum.iter().map(|x| x * x).sum::<f32>().sqrt();
        if !length.is_finite() || length < 1e-9 {
            sum.fill(0.0);
            return sum;
        }
        for x in &mut sum {
            *x /= length;
        }
        sum
    }
}

impl Parts {
    fn add(&self, piece: usize, sum: &mut [f32]) {
        let row = self.mapping.as_ref().map_or(piece, |m| m[piece] as usize);
        let span = row * self.width..(row + 1) * self.width;
        let weight = self.weights[piece];
        match &self.rows {
            Rows::Bytes(all) => sum.iter_mut().zip(&all[span]).for_each(|(s, x)| *s += weight * f32::from(*x)),
            Rows::Floats(all) => sum.iter_mut().zip(&all[span]).for_each(|(s, x)| *s += weight * x),
        }
    }
}

fn floats(view: &TensorView<'_>) -> Result<Vec<f32>, String> {
    let bytes = view.data();
    let words = || bytes.chunks_exact(2).map(|b| u16::from_le_bytes([b[0], b[1]]));
    Ok(match view.dtype() {
        Dtype::F32 => bytes.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect(),
        Dtype::F64 => bytes
            .chunks_exact(8)
            .map(|b| f64::from_le_bytes([b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7]]) as f32)
            .collect(),
        Dtype::BF16 => words().map(|b| f32::from_bits(u32::from(b) << 16)).collect(),
        Dtype::F16 => words().map(half).collect(),
        other => return Err(format!("model.safetensors holds {other:?}; F64, F32, F16, BF16 and I8 are read")),
    })
}

fn whole_numbers(view: &TensorView<'_>) -> Result<Vec<u32>, String> {
    let bytes = view.data();
    let wrong = || "mapping holds a number below 0".to_string();
    match view.dtype() {
        Dtype::I64 | Dtype::U64 => bytes
            .chunks_exact(8)
            .map(|b| i64::from_le_bytes([b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7]]))
            .map(|n| u32::try_from(n).map_err(|_| wrong()))
            .collect(),
        Dtype::I32 | Dtype::U32 => bytes
            .chunks_exact(4)
            .map(|b| i32::from_le_bytes([b[0], b[1], b[2], b[3]]))
            .map(|n| u32::try_from(n).map_err(|_| wrong()))
            .collect(),
        other => Err(format!("mapping holds {other:?}, not whole numbers")),
    }
}

/// IEEE 754 binary16 to binary32.
fn half(bits: u16) -> f32 {
    let sign = u32::from(bits >> 15) << 31;
    let exponent = u32::from(bits >> 10) & 0x1f;
    let fraction = u32::from(bits) & 0x3ff;
    match exponent {
        0 => f32::from_bits(sign | 0x3f80_0000) * (fraction as f32) * 2f32.powi(-24),
        31 => f32::from_bits(sign | 0x7f80_0000 | fraction << 13),
        _ => f32::from_bits(sign | (exponent + 112) << 23 | fraction << 13),
    }
}
