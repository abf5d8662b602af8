pub fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len()
}
