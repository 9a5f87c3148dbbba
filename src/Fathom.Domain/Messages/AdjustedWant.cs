namespace Fathom.Domain.Messages;

/// <summary>Which form of want risk adjusted.</summary>
public enum AdjustedWant : byte
{
    None = 0,
    Order = 1,
    Quotes = 2,
    Target = 3,
}
