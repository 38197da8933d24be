//! The embedding table: golden vectors of the compiled-in one, and what is refused.

use super::*;

/// First numbers of vectors as the reference implementation of Model2Vec gives them.
#[test]
fn vectors_equal_the_reference() {
    let golden = [
        ("My flowers are flopping over!", [-0.25682f32, -0.18281, 0.00813, 0.09311]),
        ("Où est ma carte ?", [-0.17356f32, -0.05506, -0.02882, -0.06413]),
        ("xyzzyplugh 12", [-0.07412f32, -0.14437, 0.06005, 0.06557]),
    ];
    for (text, start) in golden {
        let vector = Table::embedded().vector(text);
        assert_eq!(vector.len(), 256);
        for (ours, theirs) in vector.iter().zip(start) {
            assert!((ours - theirs).abs() < 1e-4, "{text}: {:?}", &vector[..4]);
        }
    }
}

#[test]
fn the_compiled_in_table_is_the_one_that_was_measured() {
    let model = std::fs::read("model/model.safetensors").unwrap();
    assert_eq!(
        blake3::hash(&model).to_hex().as_str(),
        "7c61f2440519c373938a15353a7ec7e08651b95ee3eadcabab36269e73ae7c89"
    );
}

#[test]
fn a_text_without_known_words_has_no_direction() {
    for text in ["", " \n", "\u{0}"] {
        assert!(Table::embedded().vector(text).iter().all(|x| *x == 0.0));
    }
}

fn folder(dtype: &str, shape: [usize; 2], data: &[u8], vocabulary: &str) -> (Vec<u8>, String) {
    let header = format!(
        r#"{{"embeddings":{{"dtype":"{dtype}","shape":[{},{}],"data_offsets":[0,{}]}}}}"#,
        shape[0],
        shape[1],
        data.len()
    );
    let mut file = (header.len() as u64).to_le_bytes().to_vec();
    file.extend_from_slice(header.as_bytes());
    file.extend_from_slice(data);
    (file, format!(r#"{{"model":{{"type":"WordPiece","vocab":{vocabulary}}}}}"#))
}

#[test]
fn half_and_single_precision_are_read() {
    let single: Vec<u8> = [3.0f32, 4.0, 0.0, 1.0].iter().flat_map(|x| x.to_le_bytes()).collect();
    let half: Vec<u8> = [0x4200u16, 0x4400, 0x0000, 0x3c00].iter().flat_map(|x| x.to_le_bytes()).collect();
    let brain: Vec<u8> = [0x4040u16, 0x4080, 0x0000, 0x3f80].iter().flat_map(|x| x.to_le_bytes()).collect();
    for (dtype, data) in [("F32", single), ("F16", half), ("BF16", brain)] {
        let (file, tokenizer) = folder(dtype, [2, 2], &data, r###"{"stem":0,"##s":1}"###);
        let table = Table::from_bytes(&file, tokenizer.as_bytes(), b"{}").unwrap();
        assert_eq!(table.vector("Stem"), [0.6, 0.8], "{dtype}");
        assert!((table.vector("stems")[0] - 3.0 / 34f32.sqrt()).abs() < 1e-6, "{dtype}");
    }
}

#[test]
fn what_is_not_a_table_is_refused_with_the_file_named() {
    let (file, tokenizer) = folder("I8", [1, 1], &[1], r#"{"a":0,"b":7}"#);
    let refused =
        |model: &[u8], tokenizer: &[u8], config: &[u8]| Table::from_bytes(model, tokenizer, config).err().unwrap();
    assert!(refused(&file, tokenizer.as_bytes(), b"{}").contains("tokenizer.json names 8"));
    assert!(refused(&file, tokenizer.as_bytes(), b"x").contains("config.json"));
    assert!(refused(b"no", tokenizer.as_bytes(), b"{}").contains("model.safetensors"));
    assert!(refused(&file, br#"{"model":{"type":"BPE","vocab":{}}}"#, b"{}").contains("BPE"));
}
