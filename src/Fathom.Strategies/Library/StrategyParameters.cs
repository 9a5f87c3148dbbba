using System.Globalization;
using Fathom.Domain;
using Fathom.Domain.Values;

namespace Fathom.Strategies.Library;

/// <summary>The values of <c>[strategy.params]</c>, each read once by the strategy that knows its range. What was read, defaults included, is the effective
/// configuration; what was given and not read is unknown.</summary>
/// <param name="given">Values by name, as text: plain decimal numbers.</param>
public sealed class StrategyParameters(IReadOnlyDictionary<string, string> given)
{
    private readonly SortedDictionary<string, string> _effective = new(StringComparer.Ordinal);

    /// <summary>The values read so far, defaults included, by name in ordinal order.</summary>
    public IReadOnlyDictionary<string, string> Effective => _effective;

    /// <exception cref="InputException">Not a plain decimal number, or out of range.</exception>
    public double Number(string name, decimal byDefault, decimal min, decimal max) => (double)Read(name, byDefault, min, max, "a number");

    /// <exception cref="InputException">Not a whole number, or out of range.</exception>
    public long Whole(string name, long byDefault, long min, long max)
    {
        decimal value = Read(name, byDefault, min, max, "a whole number");
        return decimal.Truncate(value) == value ? (long)value : throw Wrong(name, Text(value), $"a whole number from {min} to {max}");
    }

    /// <exception cref="InputException">Not a number of at most nine decimals, or out of range.</exception>
    public Quantity Quantity(string name, decimal byDefault, decimal min, decimal max)
    {
        decimal value = Read(name, byDefault, min, max, "a quantity");
        Quantity quantity = Domain.Values.Quantity.From(value);
        return quantity.ToDecimal() == value ? quantity : throw Wrong(name, Text(value), "a quantity with at most nine decimals");
    }

    /// <summary>To be called when the strategy has read all it knows.</summary>
    /// <exception cref="InputException">A value was given that nobody read.</exception>
    public void RequireAllRead(string strategy)
    {
        SortedSet<string> unknown = new(given.Keys, StringComparer.Ordinal);
        unknown.ExceptWith(_effective.Keys);
        if (unknown.Count == 0) return;
        throw new InputException($"strategy.params of '{strategy}'", $"unknown {string.Join(", ", unknown)}", $"only {string.Join(", ", _effective.Keys)}",
            "Remove it or correct its spelling.");
    }

    private decimal Read(string name, decimal byDefault, decimal min, decimal max, string kind)
    {
        decimal value = byDefault;
        string expected = $"{kind} from {Text(min)} to {Text(max)}";
        if (given.TryGetValue(name, out string? text))
        {
            const NumberStyles Plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
            if (!decimal.TryParse(text, Plain, CultureInfo.InvariantCulture, out value)) throw Wrong(name, $"'{text}'", expected);
            if (value < min || value > max) throw Wrong(name, Text(value), expected);
        }
        _effective[name] = Text(value);
        return value;
    }

    private static InputException Wrong(string name, string found, string expected) =>
        new($"strategy.params.{name}", found, expected, $"Set {name} to {expected}, or leave it out.");

    /// <summary>Without trailing zeros, so that "1.0" and "1" are the same configuration.</summary>
    private static string Text(decimal value) => value.ToString("0.############################", CultureInfo.InvariantCulture);
}
