using System.Globalization;
using Fathom.Domain.Values;

namespace Fathom.Market.Books.Bars;

/// <summary>Which bars: what they are made of, and what completes one. Text is a number with its unit, "quote:" before it for bars of quotes:
/// "250ms", "1m", "1h", "1d", "500t", "1000v", "1000000$", "quote:1s".</summary>
public readonly record struct BarSpec
{
    /// <summary>Units of <see cref="Size"/> in one unit of money, for bars of notional.</summary>
    public const long MoneyScale = 1_000_000;

    private const string QuotePrefix = "quote:";
    private const long DayNanos = 86_400 * Timestamp.NanosPerSecond;
    private const decimal NotionalMax = 100_000_000_000;      // × 1e27, the unit in which notional is exact, fits 128 bits

    private static readonly (string Text, long Nanos)[] s_units =
        [("d", DayNanos), ("h", 3_600_000_000_000), ("m", 60_000_000_000), ("s", 1_000_000_000), ("ms", 1_000_000), ("us", 1_000), ("ns", 1)];

    private BarSpec(BarSource source, BarKind kind, long size) => (Source, Kind, Size) = (source, kind, size);

    /// <summary>What the bars are made of.</summary>
    public BarSource Source { get; }

    /// <summary>What completes one; None for the default value.</summary>
    public BarKind Kind { get; }

    /// <summary>How much of it, above zero: nanoseconds, trades or updates, 1e-9 of quantity, or 1e-6 of money.</summary>
    public long Size { get; }

    /// <summary>One bar per session: an interval of one day.</summary>
    public bool IsSession => Kind == BarKind.Time && Size == DayNanos;

    /// <summary>Bars of an interval, which begins at the session's open or whole intervals after it; one day means one bar per session.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above zero, or more than a day.</exception>
    public static BarSpec OfTime(Duration interval, BarSource source = BarSource.Trades)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(interval.Nanos, nameof(interval));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(interval.Nanos, DayNanos, nameof(interval));
        return new BarSpec(source, BarKind.Time, interval.Nanos);
    }

    /// <summary>Bars of so many trades, or updates of the quote.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above zero.</exception>
    public static BarSpec OfTicks(long count, BarSource source = BarSource.Trades)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        return new BarSpec(source, BarKind.Ticks, count);
    }

    /// <summary>Bars of at least a traded quantity.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above zero, or not stated.</exception>
    public static BarSpec OfVolume(Quantity quantity)
    {
        if (!quantity.IsPositive || quantity.IsNone) throw new ArgumentOutOfRangeException(nameof(quantity), quantity, "A volume bar takes a quantity above zero.");
        return new BarSpec(BarSource.Trades, BarKind.Volume, quantity.Nanos);
    }

    /// <summary>Bars of at least a traded notional, |price| × quantity × multiplier, in the quote currency.</summary>
    /// <param name="money">At most 100 billion, at most six decimals.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not above zero, too large, or with more decimals.</exception>
    public static BarSpec OfNotional(decimal money)
    {
        if (money is <= 0 or > NotionalMax || decimal.Round(money, 6) != money)
            throw new ArgumentOutOfRangeException(nameof(money), money, "A notional bar takes money above zero, up to 100 billion, with at most six decimals.");
        return new BarSpec(BarSource.Trades, BarKind.Notional, (long)(money * MoneyScale));
    }

    /// <exception cref="FormatException">The text states no bars.</exception>
    public static BarSpec Parse(ReadOnlySpan<char> text) => TryParse(text, out BarSpec spec) ? spec : throw new FormatException(
        $"Found bars '{text}', expected a number with a unit (ns, us, ms, s, m, h, up to 1d; t for ticks, v for volume, $ for notional), or quote: and a time or ticks; for example \"1m\", \"500t\", \"quote:1s\".");

    /// <summary>Reads the text of a spec; false for anything else. Quotes have neither volume nor notional.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out BarSpec spec)
    {
        spec = default;
        bool isQuote = text.StartsWith(QuotePrefix, StringComparison.Ordinal);
        if (isQuote) text = text[QuotePrefix.Length..];
        BarSource source = isQuote ? BarSource.Quotes : BarSource.Trades;
        if (text.IsEmpty || !char.IsAsciiDigit(text[0])) return false;
        ReadOnlySpan<char> number = text[..^1];
        switch (text[^1])
        {
            case 't':
                if (!long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out long count) || count == 0) return false;
                spec = OfTicks(count, source);
                return true;
            case 'v':
                if (isQuote || !Quantity.TryParse(number, out Quantity quantity) || !quantity.IsPositive) return false;
                spec = OfVolume(quantity);
                return true;
            case '$':
                if (isQuote || !decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal money)) return false;
                if (money is <= 0 or > NotionalMax || decimal.Round(money, 6) != money) return false;
                spec = OfNotional(money);
                return true;
            default:
                if (!Duration.TryParse(text, out Duration interval) || interval.Nanos is <= 0 or > DayNanos) return false;
                spec = OfTime(interval, source);
                return true;
        }
    }

    /// <summary>The shortest text that <see cref="Parse"/> reads as this spec; empty for the default value.</summary>
    public override string ToString()
    {
        string prefix = Source == BarSource.Quotes ? QuotePrefix : "";
        return Kind switch
        {
            BarKind.Time => prefix + TimeText(),
            BarKind.Ticks => string.Create(CultureInfo.InvariantCulture, $"{prefix}{Size}t"),
            BarKind.Volume => $"{new Quantity(Size)}v",
            BarKind.Notional => string.Create(CultureInfo.InvariantCulture, $"{(decimal)Size / MoneyScale:0.######}$"),
            _ => "",
        };
    }

    private string TimeText()
    {
        foreach ((string unit, long nanos) in s_units)
            if (Size % nanos == 0) return string.Create(CultureInfo.InvariantCulture, $"{Size / nanos}{unit}");
        return "";      // never: every interval is a whole number of nanoseconds
    }
}
