using System.Collections.Immutable;

namespace Fathom.Domain.Snapshots;

/// <summary>Margin of the account, in its currency.</summary>
/// <param name="Used">Initial margin of the positions as they are.</param>
/// <param name="Initial">Initial margin with every live order of the worse side filled.</param>
/// <param name="Maintenance">What the positions need to be kept, the fee for closing included.</param>
/// <param name="Available">What is left of the equity for further initial margin.</param>
/// <param name="MaintenanceRatio">Maintenance over what stands behind it: 1 is liquidation.</param>
/// <param name="Liquidations">Of the instruments whose position has a liquidation price.</param>
public sealed record MarginSnapshot(decimal Used, decimal Initial, decimal Maintenance, decimal Available, double MaintenanceRatio, ImmutableArray<LiquidationSnapshot> Liquidations);
