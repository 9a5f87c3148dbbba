using System.Runtime.CompilerServices;
using Fathom.Domain.Values;

namespace Fathom.Engine.Risk.Limits;

/// <summary>What every limit that is stated has to be. Each names the limit that it is called for.</summary>
internal static class LimitChecks
{
    public const int CountMax = 1_000_000;

    public static Quantity AboveZero(Quantity value, [CallerMemberName] string name = "")
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value.Nanos, name);
        return value;
    }

    public static decimal? Money(decimal? value, [CallerMemberName] string name = "") =>
        value is <= 0 or > RiskLimits.MoneyMax ? throw Wrong(value, $"A limit in money is above zero and at most {RiskLimits.MoneyMax}.", name) : value;

    public static OrderRate? Rate(OrderRate? value, [CallerMemberName] string name = "") =>
        value is { } rate && (rate.Count is < 1 or > CountMax || rate.Window <= Duration.Zero) ? throw Wrong(value, $"A rate is 1 to {CountMax} messages in a time above zero.", name) : value;

    public static ArgumentOutOfRangeException Wrong(object? value, string expected, [CallerMemberName] string name = "") => new(name, value, expected);
}
