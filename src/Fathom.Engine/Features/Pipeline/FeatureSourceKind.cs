namespace Fathom.Engine.Features.Pipeline;

internal enum FeatureSourceKind : byte
{
    /// <summary>The book and the trades.</summary>
    Tape,
    /// <summary>The mid, whenever a best price of a sound book moved.</summary>
    Mid,
    /// <summary>Prices of trades.</summary>
    Trades,
    Bars,
    /// <summary>An output of another feature, whenever that took something.</summary>
    Feature,
}
