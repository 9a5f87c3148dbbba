namespace Fathom.Market.Books;

/// <summary>Ways in which a feed disagrees with the book that its own messages built. Counted, never thrown.</summary>
public enum BookAnomaly
{
    /// <summary>A cancel of an order that does not rest here; ignored.</summary>
    UnknownCancel,
    /// <summary>A modify of an order that does not rest here; taken as an add.</summary>
    UnknownModify,
    /// <summary>A fill of an order that does not rest here; no effect, as of any fill.</summary>
    UnknownFill,
    /// <summary>Best bid above best ask after a complete event, while the market matches or its state is unknown.</summary>
    Crossed,
    /// <summary>Best bid equal to best ask after a complete event, while the market matches or its state is unknown.</summary>
    Locked,
    /// <summary>A cancel of more than the order has; clamped.</summary>
    OversizedCancel,
    /// <summary>An add of an id that rests already; the new order replaces the old one.</summary>
    DuplicateAdd,
    /// <summary>A modify that moves the order to the other side; done.</summary>
    SideChange,
    /// <summary>An action that the source does not define; ignored.</summary>
    UnknownAction,
    /// <summary>An add or modify without a side; ignored.</summary>
    MissingSide,
    /// <summary>An add or modify without a price; ignored.</summary>
    MissingPrice,
    /// <summary>A quantity that is zero, negative or not stated. An add is ignored; a modify to zero or less removes the order; a cancel of zero or less is ignored.</summary>
    MissingQuantity,
    /// <summary>The level's total would not fit 64 bits; the order that would break it is dropped.</summary>
    QuantityOverflow,
}
