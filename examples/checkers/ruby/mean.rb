def mean(values)
  values.sum / values.size
end
end
