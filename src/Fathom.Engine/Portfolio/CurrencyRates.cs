using Fathom.Domain.Values;

namespace Fathom.Engine.Portfolio;

/// <summary>The stated rates into one currency. There are few: they are searched one by one.</summary>
internal sealed class CurrencyRates
{
    private readonly CurrencyCode[] _currencies;
    private readonly long[] _rates;

    /// <param name="into">Its own rate is 1.</param>
    /// <exception cref="ArgumentException">A rate that is not above zero, finer than 1e-9 or too large for 64 bits of it, or a currency with two rates.</exception>
    public CurrencyRates(CurrencyCode into, IReadOnlyList<CurrencyRate> rates)
    {
        _currencies = new CurrencyCode[rates.Count + 1];
        _rates = new long[rates.Count + 1];
        (_currencies[0], _rates[0]) = (into, Price.Scale);
        for (int i = 0; i < rates.Count; i++)
        {
            (CurrencyCode currency, decimal rate) = rates[i];
            if (rate <= 0 || rate > long.MaxValue / Price.Scale || decimal.Round(rate, 9) != rate)
                throw new ArgumentException($"A rate is above zero, at most 9223372036 and a whole number of 1e-9; {currency} has {rate}.", nameof(rates));
            if (Of(currency) != 0) throw new ArgumentException($"{currency} has two rates.", nameof(rates));
            (_currencies[i + 1], _rates[i + 1]) = (currency, (long)(rate * Price.Scale));
        }
    }

    /// <summary>Units per unit of the currency, in 1e-9; 0 where none was stated.</summary>
    public long Of(CurrencyCode currency)
    {
        for (int i = 0; i < _currencies.Length; i++)
            if (_currencies[i] == currency && !currency.IsNone) return _rates[i];
        return 0;
    }

    /// <summary>Money at a rate in 1e-9, half to even.</summary>
    public static Int128 Convert(Int128 nanos, long rateNanos) => rateNanos == Price.Scale ? nanos : Proportion.RoundHalfEven(nanos, rateNanos, Price.Scale);
}
