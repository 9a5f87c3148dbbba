using System.Runtime.InteropServices;
using Fathom.Domain;

namespace Fathom.Data.Compression;

/// <summary>The functions of libzstd that Fathom uses. Loaded on first use, so a machine without it can do everything else.</summary>
internal sealed unsafe class ZstdLibrary
{
    public const int LevelParameter = 100;
    public const int ChecksumParameter = 201;

    private static readonly Lazy<ZstdLibrary> s_shared = new(() => new ZstdLibrary("libzstd.so.1"));

    public readonly delegate* unmanaged<nint> CreateDecompressor;
    public readonly delegate* unmanaged<nint, nuint> FreeDecompressor;
    public readonly delegate* unmanaged<nint, ZstdBuffer*, ZstdBuffer*, nuint> Decompress;
    public readonly delegate* unmanaged<nint> CreateCompressor;
    public readonly delegate* unmanaged<nint, nuint> FreeCompressor;
    public readonly delegate* unmanaged<nint, int, int, nuint> SetParameter;
    public readonly delegate* unmanaged<nint, ZstdBuffer*, ZstdBuffer*, int, nuint> Compress;
    private readonly delegate* unmanaged<nuint, uint> _isError;
    private readonly delegate* unmanaged<nuint, byte*> _errorName;

    /// <exception cref="InputException">There is no such library here, or it is not zstd.</exception>
    internal ZstdLibrary(string name)
    {
        if (!NativeLibrary.TryLoad(name, out nint library)) throw Missing(name);
        CreateDecompressor = (delegate* unmanaged<nint>)Export(library, name, "ZSTD_createDStream");
        FreeDecompressor = (delegate* unmanaged<nint, nuint>)Export(library, name, "ZSTD_freeDStream");
        Decompress = (delegate* unmanaged<nint, ZstdBuffer*, ZstdBuffer*, nuint>)Export(library, name, "ZSTD_decompressStream");
        CreateCompressor = (delegate* unmanaged<nint>)Export(library, name, "ZSTD_createCCtx");
        FreeCompressor = (delegate* unmanaged<nint, nuint>)Export(library, name, "ZSTD_freeCCtx");
        SetParameter = (delegate* unmanaged<nint, int, int, nuint>)Export(library, name, "ZSTD_CCtx_setParameter");
        Compress = (delegate* unmanaged<nint, ZstdBuffer*, ZstdBuffer*, int, nuint>)Export(library, name, "ZSTD_compressStream2");
        _isError = (delegate* unmanaged<nuint, uint>)Export(library, name, "ZSTD_isError");
        _errorName = (delegate* unmanaged<nuint, byte*>)Export(library, name, "ZSTD_getErrorName");
    }

    /// <exception cref="InputException">libzstd is not installed.</exception>
    public static ZstdLibrary Shared => s_shared.Value;

    public bool IsError(nuint code) => _isError(code) != 0;

    public string ErrorName(nuint code) => Marshal.PtrToStringUTF8((nint)_errorName(code)) ?? "unknown error";

    private static nint Export(nint library, string name, string function) =>
        NativeLibrary.TryGetExport(library, function, out nint address) ? address : throw Missing(name);

    private static InputException Missing(string name) =>
        new("zstd", $"no {name} on this machine", "the library that reads and writes .zst files", "Install it: apt-get install libzstd1");
}
