namespace Fathom.Engine.Execution.Liquidation;

/// <summary>What a liquidation does next.</summary>
internal enum LiquidationStep : byte
{
    Wait,
    Send,
    Widen,
    Finish,
    GiveUp,
}
