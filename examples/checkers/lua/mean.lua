local function mean(values)
  local sum = 0
  for _, value in ipairs(values) sum = sum + value end
  return sum / #values
end
