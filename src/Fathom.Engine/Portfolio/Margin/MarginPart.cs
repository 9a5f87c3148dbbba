namespace Fathom.Engine.Portfolio.Margin;

/// <summary>What one instrument, or all of them, have of margin, in the account's currency, units of 1e-9.</summary>
/// <param name="Used">Initial margin of what is held.</param>
/// <param name="Initial">Initial margin at its worst.</param>
/// <param name="Maintenance">The fee for closing included.</param>
/// <param name="Unrealized">Profit of what is held on margin.</param>
internal readonly record struct MarginPart(Int128 Used, Int128 Initial, Int128 Maintenance, Int128 Unrealized)
{
    public MarginPart Plus(MarginPart other) => new(Used + other.Used, Initial + other.Initial, Maintenance + other.Maintenance, Unrealized + other.Unrealized);

    public MarginPart Less(MarginPart other) => new(Used - other.Used, Initial - other.Initial, Maintenance - other.Maintenance, Unrealized - other.Unrealized);
}
