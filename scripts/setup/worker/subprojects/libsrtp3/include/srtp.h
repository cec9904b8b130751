// libsrtp 3 as mediasoup's worker calls it, done by the distribution's libsrtp 2.
//
// The two differ in this: libsrtp 3 reads from one buffer and writes to another, libsrtp 2 works in place; and a policy
// is an opaque object with setters in the one, a plain struct in the other. All functions here are overloads of, or
// have other names than, those of libsrtp 2, so both can be seen at once.
#ifndef TWINLIGHT_SRTP_H
#define TWINLIGHT_SRTP_H

// The policy is the one name that means different types in the two libraries.
#define srtp_policy_t srtp2_policy_t
#include <srtp2/srtp.h>
#undef srtp_policy_t

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>

// Error codes that libsrtp 2 lacks.
inline constexpr srtp_err_status_t srtp_err_status_buffer_small{ static_cast<srtp_err_status_t>(28) };
inline constexpr srtp_err_status_t srtp_err_status_cryptex_err{ static_cast<srtp_err_status_t>(29) };

struct TwinlightSrtpPolicy
{
	srtp2_policy_t policy{};
	srtp_profile_t profile{ srtp_profile_reserved };
	// Master key with its salt behind it, as libsrtp 2 wants them.
	uint8_t key[SRTP_MAX_KEY_LEN]{};
};

using srtp_policy_t = TwinlightSrtpPolicy*;

inline srtp_err_status_t srtp_policy_create(srtp_policy_t* policy)
{
	*policy = new (std::nothrow) TwinlightSrtpPolicy();

	return *policy ? srtp_err_status_ok : srtp_err_status_alloc_fail;
}

inline void srtp_policy_destroy(srtp_policy_t policy)
{
	if (policy)
	{
		// The key must not stay in freed memory.
		volatile uint8_t* key = policy->key;

		for (size_t i{ 0 }; i < sizeof(policy->key); ++i)
		{
			key[i] = 0;
		}
	}

	delete policy;
}

inline srtp_err_status_t srtp_policy_set_ssrc(srtp_policy_t policy, srtp_ssrc_t ssrc)
{
	policy->policy.ssrc = ssrc;

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_profile(srtp_policy_t policy, srtp_profile_t profile)
{
	policy->profile = profile;

	const srtp_err_status_t err = srtp_crypto_policy_set_from_profile_for_rtp(&policy->policy.rtp, profile);

	if (err != srtp_err_status_ok)
	{
		return err;
	}

	return srtp_crypto_policy_set_from_profile_for_rtcp(&policy->policy.rtcp, profile);
}

inline srtp_err_status_t srtp_policy_add_key(
  srtp_policy_t policy,
  const uint8_t* key,
  size_t keyLen,
  const uint8_t* salt,
  size_t saltLen,
  const uint8_t* /*mki*/,
  size_t mkiLen)
{
	if (keyLen + saltLen > sizeof(policy->key) || mkiLen != 0 || policy->policy.key != nullptr)
	{
		return srtp_err_status_bad_param;
	}

	std::memcpy(policy->key, key, keyLen);
	std::memcpy(policy->key + keyLen, salt, saltLen);
	policy->policy.key = policy->key;

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_allow_repeat_tx(srtp_policy_t policy, bool allow)
{
	policy->policy.allow_repeat_tx = allow ? 1 : 0;

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_window_size(srtp_policy_t policy, size_t size)
{
	policy->policy.window_size = size;

	return srtp_err_status_ok;
}

// libsrtp 2 copies the key, so the policy may be destroyed afterwards, as libsrtp 3 allows too.
inline srtp_err_status_t srtp_create(srtp_t* session, srtp_policy_t policy)
{
	return ::srtp_create(session, &policy->policy);
}

inline srtp_err_status_t srtp_stream_remove(srtp_t session, uint32_t ssrc)
{
	return srtp_remove_stream(session, ssrc);
}

namespace twinlight
{
	// libsrtp 2 writes up to this many bytes behind the packet (an SRTCP index is 4 bytes).
	inline constexpr size_t RtpRoom{ SRTP_MAX_TRAILER_LEN };
	inline constexpr size_t RtcpRoom{ SRTP_MAX_TRAILER_LEN + 4 };

	// Copies `in` to `out` when they differ, runs libsrtp 2 there, and reports the new length.
	// `room` is what the call may add; `*outLen` is the size of `out` before and the length of the packet after.
	template<typename Call>
	inline srtp_err_status_t inPlace(
	  const uint8_t* in, size_t inLen, uint8_t* out, size_t* outLen, size_t room, Call call)
	{
		if (inLen + room > *outLen)
		{
			return srtp_err_status_buffer_small;
		}

		if (in != out)
		{
			std::memmove(out, in, inLen);
		}

		int len = static_cast<int>(inLen);

		const srtp_err_status_t err = call(out, &len);

		if (err == srtp_err_status_ok)
		{
			*outLen = static_cast<size_t>(len);
		}

		return err;
	}
} // namespace twinlight

inline srtp_err_status_t srtp_protect(
  srtp_t session, const uint8_t* rtp, size_t rtpLen, uint8_t* srtp, size_t* srtpLen, size_t /*mkiIndex*/)
{
	return twinlight::inPlace(
	  rtp, rtpLen, srtp, srtpLen, twinlight::RtpRoom, [session](uint8_t* packet, int* len) {
		  return ::srtp_protect(session, static_cast<void*>(packet), len);
	  });
}

inline srtp_err_status_t srtp_unprotect(
  srtp_t session, const uint8_t* srtp, size_t srtpLen, uint8_t* rtp, size_t* rtpLen)
{
	return twinlight::inPlace(srtp, srtpLen, rtp, rtpLen, 0, [session](uint8_t* packet, int* len) {
		return ::srtp_unprotect(session, static_cast<void*>(packet), len);
	});
}

inline srtp_err_status_t srtp_protect_rtcp(
  srtp_t session, const uint8_t* rtcp, size_t rtcpLen, uint8_t* srtcp, size_t* srtcpLen, size_t /*mkiIndex*/)
{
	return twinlight::inPlace(
	  rtcp, rtcpLen, srtcp, srtcpLen, twinlight::RtcpRoom, [session](uint8_t* packet, int* len) {
		  return ::srtp_protect_rtcp(session, static_cast<void*>(packet), len);
	  });
}

inline srtp_err_status_t srtp_unprotect_rtcp(
  srtp_t session, const uint8_t* srtcp, size_t srtcpLen, uint8_t* rtcp, size_t* rtcpLen)
{
	return twinlight::inPlace(srtcp, srtcpLen, rtcp, rtcpLen, 0, [session](uint8_t* packet, int* len) {
		return ::srtp_unprotect_rtcp(session, static_cast<void*>(packet), len);
	});
}

#endif
