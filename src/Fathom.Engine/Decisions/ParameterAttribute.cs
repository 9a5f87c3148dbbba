namespace Fathom.Engine.Decisions;

/// <summary>
/// Makes a public property of a strategy a parameter: <c>[strategy.params]</c> may set it, under its name in snake_case, before <see cref="Strategy.OnStart"/>. What the property holds
/// after construction is its default. Its type is double, decimal, long, int, bool, string, an enum, Price, Quantity or Duration.
/// </summary>
/// <param name="description">What it is and in which unit, for people.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ParameterAttribute(string description = "") : Attribute
{
    /// <summary>What it is and in which unit, for people; may be empty.</summary>
    public string Description { get; } = description;

    /// <summary>Smallest value: a number, or for a Duration text with a unit ("1ms"). Null: no bound.</summary>
    public object? Min { get; set; }

    /// <summary>Largest value, as <see cref="Min"/>.</summary>
    public object? Max { get; set; }
}
