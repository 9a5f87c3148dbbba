using Fathom.Domain.Values;
using Fathom.Engine.Decisions;

namespace Fathom.Engine.Execution;

/// <summary>One thing to be done so that a ladder's orders become what the ladder says.</summary>
/// <param name="Kind">Submit, replace or cancel.</param>
/// <param name="Order">The order that it is about; None for a new one.</param>
/// <param name="Quantity">Whole new quantity.</param>
internal readonly record struct LadderAction(WantKind Kind, ClientOrderId Order, Side Side, Price Price, Quantity Quantity);
