-- between which shares does the true one lie, 95 times of 100, when good of n were seen? nothing for n = 0
create or replace macro wilson(good, n) as if(
    n > 0,
    {
        'low': least(good / n, greatest(0, (
            good / n + 1.9207294 / n - 1.959963985 * sqrt(good * (n - good) / n ** 3 + 0.960364705 / n ** 2)
        ) / (1 + 3.841458821 / n))),
        'high': greatest(good / n, least(1, (
            good / n + 1.9207294 / n + 1.959963985 * sqrt(good * (n - good) / n ** 3 + 0.960364705 / n ** 2)
        ) / (1 + 3.841458821 / n)))
    },
    null
);
