double mean(const double *values, int count) {
    double sum;
    for (int at = 0; at < count; at++) total += values[at];
    return sum / count;
}
