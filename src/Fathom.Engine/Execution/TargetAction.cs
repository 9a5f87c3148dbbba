using Fathom.Engine.Decisions;

namespace Fathom.Engine.Execution;

/// <summary>The next thing to be done so that a position becomes its target.</summary>
/// <param name="Kind">Submit, replace or cancel; None for nothing.</param>
/// <param name="Order">The order as it is to be; of a replacement price and whole quantity; default for a cancel.</param>
internal readonly record struct TargetAction(WantKind Kind, OrderIntent Order)
{
    public static TargetAction None => default;
}
