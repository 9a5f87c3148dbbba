namespace Fathom.Domain.Values;

/// <summary>A price as a 64-bit integer of 1e-9 units of the quote currency (times the instrument's unit scale). May be zero or negative.
/// Arithmetic throws <see cref="OverflowException"/> where the result does not fit or a part of it is <see cref="None"/>.</summary>
public readonly record struct Price(long Nanos) : IComparable<Price>
{
    public const long Scale = FixedPoint.Scale;

    /// <summary>No price: the value that means "not stated" (the same bits as DBN's UNDEF_PRICE).</summary>
    public static Price None => new(long.MaxValue);

    public bool IsNone => Nanos == long.MaxValue;

    /// <exception cref="OverflowException">The value does not fit 64 bits of 1e-9, or is the number that means "not stated".</exception>
    public static Price From(decimal value) => new(FixedPoint.FromDecimal(value));

    /// <summary>Reads plain decimal text ("4810.25", "-37.63"); false for anything else, more than nine decimals included.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Price price)
    {
        bool isRead = FixedPoint.TryParse(text, out long nanos) && nanos != long.MaxValue;
        price = isRead ? new Price(nanos) : None;
        return isRead;
    }

    public decimal ToDecimal() => (decimal)Nanos / Scale;

    public double ToDouble() => Nanos / (double)Scale;

    public static Price operator +(Price left, Price right) => new(FixedPoint.Add(left.Nanos, right.Nanos));
    public static Price operator -(Price left, Price right) => new(FixedPoint.Subtract(left.Nanos, right.Nanos));
    public static Price operator *(Price left, long right) => new(FixedPoint.Stated(checked(FixedPoint.Stated(left.Nanos) * right)));
    public static bool operator <(Price left, Price right) => left.Nanos < right.Nanos;
    public static bool operator >(Price left, Price right) => left.Nanos > right.Nanos;
    public static bool operator <=(Price left, Price right) => left.Nanos <= right.Nanos;
    public static bool operator >=(Price left, Price right) => left.Nanos >= right.Nanos;

    public int CompareTo(Price other) => Nanos.CompareTo(other.Nanos);

    /// <summary>Exact decimal text with at least two decimals; empty for <see cref="None"/>.</summary>
    public override string ToString() => IsNone ? "" : FixedPoint.Format(Nanos, decimalsMin: 2);

    /// <summary>Writes what <see cref="ToString"/> returns; false when it does not fit.</summary>
    public bool TryFormat(Span<char> destination, out int written)
    {
        written = 0;
        return IsNone || FixedPoint.TryFormat(Nanos, decimalsMin: 2, destination, out written);
    }
}
