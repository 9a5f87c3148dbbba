namespace Fathom.Domain.Values;

/// <summary>A sum of many quantities (traded volume, open interest) as a 128-bit integer of 1e-9 units; it cannot overflow in practice.</summary>
public readonly record struct Volume(Int128 Nanos)
{
    public static Volume operator +(Volume left, Quantity right) => new(left.Nanos + right.Nanos);

    public double ToDouble() => (double)Nanos / Quantity.Scale;

    /// <summary>Exact decimal text without trailing zeros.</summary>
    public override string ToString()
    {
        (Int128 whole, Int128 fraction) = Int128.DivRem(Nanos, Quantity.Scale);
        if (fraction == 0) return whole.ToString();
        string sign = Nanos < 0 && whole == 0 ? "-" : "";
        return $"{sign}{whole}.{Int128.Abs(fraction).ToString("000000000").TrimEnd('0')}";
    }
}
