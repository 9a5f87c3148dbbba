using Fathom.Domain.Values;

namespace Fathom.Market.Universe;

/// <summary>A symbol that holds in [from, until).</summary>
/// <param name="Symbol">Null where no symbol is known.</param>
/// <param name="IsAlias">The symbol names a rule, not an instrument.</param>
public readonly record struct SymbolInterval(string? Symbol, Timestamp From, Timestamp Until, bool IsAlias)
{
    /// <summary>From its begin on, up to and without its end.</summary>
    public bool Holds(Timestamp time) => time >= From && time < Until;
}
