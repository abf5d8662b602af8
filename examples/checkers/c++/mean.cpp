#include <vector>

double mean(const std::vector<double> &values) {
    double sum = 0;
    for (double value : values) sum += value;
    return sum / values.length();
}
