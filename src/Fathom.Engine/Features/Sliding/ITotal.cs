namespace Fathom.Engine.Features.Sliding;

/// <summary>What samples come to together; that of a row of samples follows from those of its parts.</summary>
internal interface ITotal<TSelf, TSample> where TSelf : struct where TSample : struct
{
    /// <summary>Of a single sample.</summary>
    /// <param name="origin">A sample of about the same time: what is measured from there loses nothing where values are large and their differences small.</param>
    static abstract TSelf Of(in TSample sample, in TSample origin);

    /// <summary>Of two parts.</summary>
    static abstract TSelf Merge(in TSelf older, in TSelf newer);
}
