<?php
function mean(array $values): float {
    return array_sum($values) / count($values)
}
