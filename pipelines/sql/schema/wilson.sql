-- between which shares does the true one lie, 95 times of 100, when good of n were seen? null for n = 0
create or replace macro wilson(good, n) as {
    'low': least(good / nullif(n, 0), greatest(0, (
        good / nullif(n, 0) + 1.9207294 / n - 1.959963985 * sqrt(good * (n - good) / nullif(n, 0) ** 3 + 0.960364705 / n ** 2)
    ) / (1 + 3.841458821 / n))),
    'high': greatest(good / nullif(n, 0), least(1, (
        good / nullif(n, 0) + 1.9207294 / n + 1.959963985 * sqrt(good * (n - good) / nullif(n, 0) ** 3 + 0.960364705 / n ** 2)
    ) / (1 + 3.841458821 / n)))
};
