namespace Fathom.Domain.Values;

/// <summary>An amount of an instrument as a 64-bit integer of 1e-9 units (times the instrument's unit scale). Signed where it is a position.
/// Arithmetic throws <see cref="OverflowException"/> where the result does not fit or a part of it is <see cref="None"/>.</summary>
public readonly record struct Quantity(long Nanos) : IComparable<Quantity>
{
    public const long Scale = FixedPoint.Scale;

    public static Quantity Zero => default;

    /// <summary>No quantity: the value that means "not stated".</summary>
    public static Quantity None => new(long.MaxValue);

    public bool IsNone => Nanos == long.MaxValue;
    public bool IsZero => Nanos == 0;
    public bool IsPositive => Nanos > 0;

    /// <exception cref="OverflowException">The value does not fit 64 bits of 1e-9, or is the number that means "not stated".</exception>
    public static Quantity From(decimal value) => new(FixedPoint.FromDecimal(value));

    /// <summary>Whole units ("lots").</summary>
    public static Quantity Units(long units) => new(checked(units * Scale));

    /// <summary>Reads plain decimal text ("22", "0.015"); false for anything else, more than nine decimals included.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Quantity quantity)
    {
        bool isRead = FixedPoint.TryParse(text, out long nanos) && nanos != long.MaxValue;
        quantity = isRead ? new Quantity(nanos) : None;
        return isRead;
    }

    public decimal ToDecimal() => (decimal)Nanos / Scale;

    public double ToDouble() => Nanos / (double)Scale;

    /// <summary>The smaller one; <see cref="None"/> is larger than any.</summary>
    public static Quantity Min(Quantity left, Quantity right) => left.Nanos <= right.Nanos ? left : right;
    /// <summary>The larger of the two.</summary>
    public static Quantity Max(Quantity left, Quantity right) => left.Nanos >= right.Nanos ? left : right;
    public static Quantity operator +(Quantity left, Quantity right) => new(FixedPoint.Add(left.Nanos, right.Nanos));
    public static Quantity operator -(Quantity left, Quantity right) => new(FixedPoint.Subtract(left.Nanos, right.Nanos));
    public static Quantity operator -(Quantity value) => new(FixedPoint.Subtract(0, value.Nanos));
    public static bool operator <(Quantity left, Quantity right) => left.Nanos < right.Nanos;
    public static bool operator >(Quantity left, Quantity right) => left.Nanos > right.Nanos;
    public static bool operator <=(Quantity left, Quantity right) => left.Nanos <= right.Nanos;
    public static bool operator >=(Quantity left, Quantity right) => left.Nanos >= right.Nanos;

    public int CompareTo(Quantity other) => Nanos.CompareTo(other.Nanos);

    /// <summary>Exact decimal text without trailing zeros; empty for <see cref="None"/>.</summary>
    public override string ToString() => IsNone ? "" : FixedPoint.Format(Nanos, decimalsMin: 0);

    /// <summary>Writes what <see cref="ToString"/> returns; false when it does not fit.</summary>
    public bool TryFormat(Span<char> destination, out int written)
    {
        written = 0;
        return IsNone || FixedPoint.TryFormat(Nanos, decimalsMin: 0, destination, out written);
    }
}
