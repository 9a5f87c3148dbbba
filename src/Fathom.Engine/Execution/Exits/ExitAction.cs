using Fathom.Engine.Decisions;

namespace Fathom.Engine.Execution.Exits;

/// <summary>The next thing to be done about one exit order.</summary>
/// <param name="Kind">Submit, Replace, Cancel or None.</param>
/// <param name="Order">A new order, where one is to be submitted.</param>
/// <param name="Change">What is to be another, where it is to be replaced.</param>
internal readonly record struct ExitAction(WantKind Kind, OrderIntent Order, OrderChange Change)
{
    public static ExitAction None => default;

    public static ExitAction Cancel => new(WantKind.Cancel, default, default);

    public static ExitAction Submit(in OrderIntent order) => new(WantKind.Submit, order, default);

    public static ExitAction Replace(in OrderChange change) => new(WantKind.Replace, default, change);
}
