namespace Fathom.Engine.Decisions;

/// <summary>What a strategy can ask for in a callback.</summary>
public enum WantKind : byte
{
    None = 0,
    /// <summary>A new order.</summary>
    Submit,
    /// <summary>Another price or quantity for a live order.</summary>
    Replace,
    /// <summary>The end of an order.</summary>
    Cancel,
    /// <summary>A standing quote ladder for an instrument.</summary>
    Quote,
    /// <summary>The end of the instrument's quote ladder.</summary>
    Withdraw,
    /// <summary>The end of all trading: the kill switch.</summary>
    Kill,
    /// <summary>A target position for an instrument.</summary>
    Target,
    /// <summary>The end of the instrument's target position, or signal.</summary>
    WithdrawTarget,
    /// <summary>A signal for an instrument.</summary>
    Signal,
    /// <summary>The end of the instrument's signal.</summary>
    WithdrawSignal,
    /// <summary>The exits of a position, which the configuration wants and no callback.</summary>
    Exit,
}
